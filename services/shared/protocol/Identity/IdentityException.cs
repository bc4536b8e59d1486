namespace Causality.Protocol.Identity;

/// <summary>The identity of this operator cannot be used as it lies there. Not worth a retry: somebody must mend the folder or the configuration.</summary>
/// <param name="message">The file or folder, what is wrong with it, and what to do.</param>
/// <param name="inner">The error of the system.</param>
public sealed class IdentityException(string message, Exception? inner = null) : Exception(message, inner);
