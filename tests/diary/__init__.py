"""The symptom diary, without any conversation around it."""
