"""The folder to put first on PYTHONPATH, so that `import pyrfc` reaches the stand-in."""
