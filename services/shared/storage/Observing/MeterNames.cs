namespace Causality.Storage.Observing;

/// <summary>The meters of the project. Instruments are named as Prometheus shows them, so that one name is searched for everywhere.</summary>
public static class MeterNames
{
    /// <summary>Instruments of one operator: made by its host's meter factory.</summary>
    public const string Causality = "Causality";

    /// <summary>The name of the source of the project's own spans.</summary>
    public const string Traces = "Causality";
}
