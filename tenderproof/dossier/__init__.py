"""The dossier: signed papers that a candidate hands in beside what is probed, and what of them counts."""
