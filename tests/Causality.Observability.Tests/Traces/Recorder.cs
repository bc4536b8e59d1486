using System.Collections.Concurrent;
using System.Diagnostics;
using Causality.ServiceDefaults.Telemetry;

namespace Causality.Observability.Tests.Traces;

/// <summary>Keeps every span of this process that an operator would send to a collector.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _spans = new();

    public Recorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => TelemetrySources.HasActivities(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The test's own spans; its name begins as ours do.</summary>
    public static ActivitySource Own { get; } = new("Causality.Observability.Tests");

    /// <summary>The spans of a trace that have ended so far.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    /// <summary>Whether a span stands, over any number of others of the trace, below another.</summary>
    public bool IsBelow(Activity span, ActivitySpanId ancestor)
    {
        var parents = Of(span.TraceId).ToDictionary(one => one.SpanId, one => one.ParentSpanId);
        for (var at = span.ParentSpanId; at != default; at = parents.GetValueOrDefault(at))
        {
            if (at == ancestor)
                return true;
        }

        return false;
    }

    public void Dispose() => _listener.Dispose();
}
