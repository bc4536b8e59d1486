using Causality.Messaging;
using MassTransit;

namespace Causality.TestKit.Operators;

/// <summary>Puts one type of message on record.</summary>
[LongRunning]
public sealed class RecordingConsumer<T>(BusRecorder recorder) : IConsumer<T> where T : class
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<T> context) => recorder.TakeAsync(context.Message, context.MessageId);
}
