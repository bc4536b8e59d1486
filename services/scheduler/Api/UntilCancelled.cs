using System.Runtime.CompilerServices;

namespace Causality.Scheduler.Api;

/// <summary>Ends a sequence when it is cancelled, instead of failing: the end of a stream that somebody stops listening to is no error.</summary>
internal static class UntilCancelled
{
    public static async IAsyncEnumerable<T> Until<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                yield break;
            }

            yield return items.Current;
        }
    }
}
