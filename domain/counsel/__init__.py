"""What is advised to a territory or a framework, and why what was asked from above became what is done there."""
