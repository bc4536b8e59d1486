namespace Causality.Messaging.Stopping;

/// <summary>The process stops in the middle of a message; it goes back to its queue. Retry? Yes, by another process.</summary>
internal sealed class ProcessStoppingException(Exception inner) : OperationCanceledException("The process is stopping; the message goes back to its queue.", inner);
