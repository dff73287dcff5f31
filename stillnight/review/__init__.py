"""The clinician's desk: everything the assistant can say, who signed it, and serving signed answers alone."""
