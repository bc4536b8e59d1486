namespace Causality.Protocol.Server.Listeners;

/// <summary>The doors of an operator's processes. A route belongs to one of them, whatever the Host header says.</summary>
public enum ListenerKind
{
    /// <summary>For the operator's own applications and people: application API, health, and the control API unless it has a door of its own.</summary>
    Application,

    /// <summary>For people and their tools: the control API. Where a process has no such door, its routes answer at <see cref="Application"/>.</summary>
    Control,

    /// <summary>For peers: mutual TLS, the sync protocol and nothing else.</summary>
    Peer,

    /// <summary>For whoever collects metrics, where that has a listener of its own: the metrics and nothing else.</summary>
    Metrics,
}
