namespace Causality.Storage.Backup;

/// <summary>What restoring, or checking, a backup came to.</summary>
/// <param name="Manifest">The backup.</param>
/// <param name="Checked">True when it was only read and checked.</param>
/// <param name="Blobs">Contents read, verified and, unless only checked, stored.</param>
/// <param name="Missing">Contents that the snapshot points at and that the backup has not got, or only damaged.</param>
public sealed record RestoreReport(BackupManifest Manifest, bool Checked, long Blobs, IReadOnlyList<string> Missing);
