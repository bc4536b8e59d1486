using System.Runtime.CompilerServices;

namespace Causality.Storage.Observing;

/// <summary>Makes the instruments of a static class known when a service is composed, not when the first thing is counted: a metric that is missing says nothing.</summary>
public static class Instruments
{
    /// <summary>Runs the class's initialization, once.</summary>
    public static void Publish(Type metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        RuntimeHelpers.RunClassConstructor(metrics.TypeHandle);
    }
}
