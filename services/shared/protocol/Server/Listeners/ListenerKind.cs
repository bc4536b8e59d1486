namespace Causality.Protocol.Server.Listeners;

/// <summary>The two doors of an operator's processes. A route belongs to one of them, whatever the Host header says.</summary>
public enum ListenerKind
{
    /// <summary>For the operator's own applications and people: application API, control API, health.</summary>
    Application,

    /// <summary>For peers: mutual TLS, the sync protocol and nothing else.</summary>
    Peer,
}
