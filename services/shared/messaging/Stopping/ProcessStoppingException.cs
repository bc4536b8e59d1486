namespace Causality.Messaging.Stopping;

/// <summary>The process stops in the middle of a message; it goes back to its queue. Retry? Yes, by another process.</summary>
/// <remarks>Not a cancellation: MassTransit makes one of its own of whatever cancellation leaves a consumer, and puts the message into the error queue.</remarks>
/// <param name="inner">What the stop broke, or null.</param>
internal sealed class ProcessStoppingException(Exception? inner = null) : Exception("The process is stopping; the message goes back to its queue.", inner);
