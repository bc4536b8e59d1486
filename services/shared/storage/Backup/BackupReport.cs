namespace Causality.Storage.Backup;

/// <summary>What making a backup came to.</summary>
/// <param name="Manifest">The backup.</param>
/// <param name="Folder">Where it stands.</param>
/// <param name="BlobsCopied">Contents copied now.</param>
/// <param name="BytesCopied">Their uncompressed bytes.</param>
/// <param name="BlobsPresent">Contents that an earlier backup had copied already.</param>
public sealed record BackupReport(BackupManifest Manifest, string Folder, long BlobsCopied, long BytesCopied, long BlobsPresent);
