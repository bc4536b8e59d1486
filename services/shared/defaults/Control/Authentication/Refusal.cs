namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>A request's feature: why it was not let in, for the count and the log; the caller is not told.</summary>
/// <param name="Reason">One of <see cref="FailureReasons"/>.</param>
internal sealed record Refusal(string Reason);
