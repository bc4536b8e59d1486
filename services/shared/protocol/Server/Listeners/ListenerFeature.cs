namespace Causality.Protocol.Server.Listeners;

internal sealed record ListenerFeature(ListenerKind Kind) : IListenerFeature;
