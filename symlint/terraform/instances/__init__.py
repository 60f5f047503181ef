"""What is written becomes instances of modules and resources, with their inputs."""
