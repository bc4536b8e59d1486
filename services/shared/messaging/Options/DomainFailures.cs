using Causality.Core;
using Causality.Storage.Log;

namespace Causality.Messaging;

/// <summary>The domain's own answers to "retry?" that are a no.</summary>
internal static class DomainFailures
{
    internal static IReadOnlyList<Type> Permanent { get; } =
    [
        typeof(ContentHashMismatchException),
        typeof(InvalidEntryException),
        typeof(ProtocolViolationException),
        typeof(SegmentInvalidException),
        typeof(DuplicateEntryException),
    ];

    /// <summary>Looks through wrappers, so that an error keeps its answer whatever has caught and wrapped it.</summary>
    internal static bool IsPermanent(this BusOptions options, Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is IPermanentFailure || options.PermanentFailures.Any(type => type.IsInstanceOfType(cause)))
                return true;
        }

        return false;
    }
}
