using MassTransit;

namespace Causality.TestKit.Operators;

/// <summary>Adds recorders to a test's bus.</summary>
public static class RecordingExtensions
{
    /// <summary>Records every message of a type, on a queue of the recorder's own.</summary>
    public static IBusRegistrationConfigurator Record<T>(this IBusRegistrationConfigurator bus) where T : class
    {
        bus.AddConsumer<RecordingConsumer<T>>().Endpoint(endpoint => endpoint.Name = $"recorder-{typeof(T).Name}");
        return bus;
    }
}
