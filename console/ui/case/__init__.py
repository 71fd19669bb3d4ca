"""The case: what stands there, what happened, and every act that exists, composed in the pane itself."""
