namespace Causality.Storage.Backup;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Below the backup's folder, with '/' between folders.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
public sealed record BackupFile(string Path, long SizeBytes, string Sha256);
