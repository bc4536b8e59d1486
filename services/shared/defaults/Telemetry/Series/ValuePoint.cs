namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>A sum or a last value.</summary>
/// <param name="adds">True for counters, whose measurements are increments; false where a measurement is the value.</param>
internal sealed class ValuePoint(bool adds) : Point
{
    private double _value;

    public double Value => Volatile.Read(ref _value);

    public override void Record(double value)
    {
        if (!adds)
        {
            Volatile.Write(ref _value, value);
            return;
        }

        double seen;
        do
        {
            seen = Volatile.Read(ref _value);
        }
        while (!Interlocked.CompareExchange(ref _value, seen + value, seen).Equals(seen));
    }
}
