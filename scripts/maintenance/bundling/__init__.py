"""The zip for a Windows computer: wheels, runtime, what is packed."""
