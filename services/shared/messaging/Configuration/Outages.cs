using Causality.Storage;
using Causality.Storage.Database;

namespace Causality.Messaging.Configuration;

/// <summary>Tells an outage of the store, which passes, from a fault of the message, which stays.</summary>
internal static class Outages
{
    internal static bool IsOutage(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException)
                return true;
        }

        return DatabaseFaults.IsUnavailable(exception);
    }
}
