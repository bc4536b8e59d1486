using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Server.Problems;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Syncs;

namespace Causality.Scheduler.Api;

/// <summary>What the control API answers when it cannot do what is asked; a rejected request's problem type ends in its reason code.</summary>
internal static class ControlProblems
{
    public static RequestProblemException InvalidPeer(InvalidPeerException exception) =>
        (exception is PeerAddressRefusedException
            ? new RequestProblemException(StatusCodes.Status422UnprocessableEntity, ProblemTypes.PeerAddressNotAllowed, exception.Message, exception)
            : new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.InvalidPeer, exception.Message, exception)).In(exception.Field);

    public static RequestProblemException UnknownPeer(string peerId) =>
        new(StatusCodes.Status404NotFound, ProblemTypes.UnknownPeer, $"No peer '{Printable.Shorten(peerId)}' is known here; GET {ControlRoutes.Peers} lists them.");

    public static RequestProblemException UnknownSync(Guid syncId) =>
        new(StatusCodes.Status404NotFound, ProblemTypes.UnknownSync, $"No sync {syncId} is known here; history may have forgotten it.");

    public static RequestProblemException UnknownPlan(Guid planId) =>
        new(StatusCodes.Status404NotFound, ProblemTypes.UnknownPlan, $"No plan {planId} is known here; plans are forgotten after an hour.");

    public static RequestProblemException OutOfRange(string field, long value, long least, long most) =>
        new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, $"{field} is {value}; it must be {least} to {most}.").In(field);

    public static RequestProblemException InvalidEventId() =>
        new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, "Last-Event-ID: the number of the last event seen is expected, or 0 for all that are kept.").In("Last-Event-ID");

    public static RequestProblemException Rejected(AdmittedSync rejected)
    {
        var problem = Rejected(rejected.Reason!, rejected.Detail!);
        return rejected.CoveredBy is { } covered ? problem.With("covered_by", covered) : problem;
    }

    public static RequestProblemException Rejected(string reason, string detail)
    {
        // A reason without a type of its own would be an answer that no document knows: it is our fault, and answered so.
        var (status, type) = reason switch
        {
            SyncReasons.UnknownPeer => (StatusCodes.Status404NotFound, ProblemTypes.UnknownPeer),
            SyncReasons.InvalidRequest => (StatusCodes.Status400BadRequest, ProblemTypes.InvalidRequest),
            SyncReasons.PeerOverloaded => (StatusCodes.Status429TooManyRequests, ProblemTypes.PeerOverloaded),
            SyncReasons.PeerDisabled => (StatusCodes.Status409Conflict, ProblemTypes.PeerDisabled),
            SyncReasons.AlreadyRequested => (StatusCodes.Status409Conflict, ProblemTypes.AlreadyRequested),
            SyncReasons.Coalesced => (StatusCodes.Status409Conflict, ProblemTypes.Coalesced),
            _ => (StatusCodes.Status500InternalServerError, ProblemTypes.InternalError),
        };
        return new RequestProblemException(status, type, detail);
    }
}
