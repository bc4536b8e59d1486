namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>One member of two versions.</summary>
/// <param name="Path">Such as <c>data.amount</c>.</param>
/// <param name="First">Its JSON in the latest version, shortened; null when it has no such member.</param>
/// <param name="Second">Its JSON in the one before.</param>
/// <param name="IsDifferent">Whether they differ.</param>
/// <param name="IsCut">Whether one of them was shortened: the entry itself has the rest.</param>
public sealed record MemberRow(string Path, string? First, string? Second, bool IsDifferent, bool IsCut);
