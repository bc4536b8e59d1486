namespace Causality.Core;

/// <summary>Bytes that are not an entry. Not worth a retry: the sender must mend them.</summary>
/// <param name="field">The member at fault, as it is spelled in JSON (<c>timestamp</c>, <c>metadata.host</c>), or null for the line as a whole.</param>
/// <param name="reason">What is wrong and what is expected, one sentence, fit for people; never the raw bytes.</param>
/// <param name="inner">The parser's own error, if there is one.</param>
public sealed class InvalidEntryException(string? field, string reason, Exception? inner = null)
    : Exception(field is null ? reason : $"{field}: {reason}", inner)
{
    /// <summary>The member at fault, or null.</summary>
    public string? Field { get; } = field;

    /// <summary>What is wrong and what is expected.</summary>
    public string Reason { get; } = reason;
}
