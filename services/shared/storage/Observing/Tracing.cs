using System.Diagnostics;

namespace Causality.Storage.Observing;

/// <summary>The project's own spans, and the way on for a trace over everything that waits: rows, queues of the process, batches.</summary>
public static class Tracing
{
    private static readonly ActivitySource Source = new(MeterNames.Traces);

    /// <summary>Where we are, as a W3C <c>traceparent</c>; null outside of any trace.</summary>
    public static string? Current => Activity.Current?.Id;

    /// <summary>Goes on with a trace from where its <c>traceparent</c> was noted.</summary>
    /// <param name="name">The span's name, of a closed set.</param>
    /// <param name="parent">The <c>traceparent</c>; null, or text that is none, begins below whatever is current.</param>
    /// <param name="kind">What the span is to others.</param>
    /// <returns>Dispose it when the span is over; null while nobody listens.</returns>
    public static Activity? Continue(string name, string? parent, ActivityKind kind = ActivityKind.Internal) =>
        ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? Source.StartActivity(name, kind, context) : Source.StartActivity(name, kind);
}
