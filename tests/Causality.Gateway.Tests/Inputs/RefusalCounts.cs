using System.Diagnostics.Metrics;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>What the process has counted of refusals, by slug. Counters are the process's, so nothing else may run meanwhile.</summary>
internal static class RefusalCounts
{
    private static readonly string[] Names = ["causality_bad_input_total", "causality_auth_failures_total", "causality_rate_limited_total", "causality_request_failures_total"];

    /// <summary>How often requests were refused with this slug.</summary>
    public static long Of(string slug)
    {
        var count = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (Names.Contains(instrument.Name))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, labels, _) =>
        {
            foreach (var label in labels)
            {
                if (slug.Equals(label.Value))
                    count += value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return count;
    }
}
