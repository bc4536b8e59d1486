namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>What another service or the database said, or why it said nothing: a fault is shown as one, never as an empty list.</summary>
/// <param name="Value">The answer; null with a fault.</param>
/// <param name="Fault">What went wrong, for people; null with an answer.</param>
/// <param name="Status">The status of a refusal by the other service; 0 for none.</param>
public sealed record Reading<T>(T? Value, string? Fault, int Status = 0) where T : class
{
    /// <summary>An answer.</summary>
    internal static Reading<T> Of(T value) => new(value, null);

    /// <summary>None.</summary>
    internal static Reading<T> Failed(string fault, int status = 0) => new(null, fault, status);
}
