namespace Causality.Storage.Backup;

/// <summary>A backup cannot be made or restored as asked; the message says why and what to do. Not worth a retry as it is.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
