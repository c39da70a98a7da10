"""The parts of the command line that look after what the service keeps."""
