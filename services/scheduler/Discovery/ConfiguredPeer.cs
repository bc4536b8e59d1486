namespace Causality.Scheduler.Discovery;

/// <summary>A peer as configuration spells it.</summary>
public sealed class ConfiguredPeer
{
    /// <summary>The peer's operator id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Base address of its gateway.</summary>
    public string Address { get; set; } = "";

    /// <summary>One or two pins of its key.</summary>
    public IList<string> Pins { get; } = [];
}
