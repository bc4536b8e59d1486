namespace Causality.Messaging;

/// <summary>Marks a consumer that works for long, such as one that talks to peers: it gets no inbox and no transaction around it.</summary>
/// <remarks>
/// Its effects must be idempotent by natural key, and it writes through <see cref="ITransactionalOutbox"/>, in units as short as a database
/// transaction should be. What it publishes through its consume context is sent at once and bound to nothing.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongRunningAttribute : Attribute;
