namespace Causality.Storage;

/// <summary>The disk or the database failed. Transient: nothing was acknowledged, retry once the cause is mended.</summary>
/// <param name="message">What failed, on which path or server, and what to do.</param>
/// <param name="inner">The error of the system.</param>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
