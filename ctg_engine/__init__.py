"""CTG Engine: steers a Convention Territoriale Globale from engagement to renewal. The composition root."""
