namespace Causality.Protocol.Server.Listeners;

/// <summary>A connection's feature: the door that it came in by. Absent on servers without doors, such as an in-memory test server.</summary>
public interface IListenerFeature
{
    /// <summary>The door.</summary>
    ListenerKind Kind { get; }
}
