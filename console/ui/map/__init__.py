"""The map room: pins by deadline on communes, painted natively, with its table beneath."""
