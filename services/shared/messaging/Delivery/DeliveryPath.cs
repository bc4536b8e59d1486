namespace Causality.Messaging.Delivery;

/// <summary>Who sent a message, as the metrics name it.</summary>
internal enum DeliveryPath
{
    /// <summary>From memory, after the commit.</summary>
    Fast,

    /// <summary>From its row.</summary>
    Sweeper,
}
