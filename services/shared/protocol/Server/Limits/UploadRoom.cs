using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Limits;

/// <summary>Memory for segments that peers are sending: from the moment that one is announced to the end of its import.</summary>
/// <remarks>
/// One peer has at most one of the largest segments here, and never more than it leaves free for the others. So whoever holds its uploads open stands in its own way only, and a
/// newcomer finds room whatever one, two or three others do. (The rule is the dynamic threshold by which switches share their buffers: Choudhury and Hahne, 1998.)
/// </remarks>
internal sealed class UploadRoom
{
    /// <summary>What one peer may take, in bytes.</summary>
    public const int PerPeerBytes = SegmentLimits.MaxBytes;

    /// <summary>What all of them may take together, in bytes: two of the largest segments, and as much again as one.</summary>
    public const int Bytes = 3 * PerPeerBytes;

    private readonly Lock _lock = new();
    private readonly Dictionary<OperatorId, int> _byPeer = [];
    private int _taken;

    /// <summary>Takes room for a segment; give it back by disposing of the answer, once.</summary>
    /// <param name="peer">Who sends it.</param>
    /// <param name="lengthBytes">Up to <see cref="SegmentLimits.MaxBytes"/>.</param>
    /// <exception cref="RequestProblemException">429 <c>overloaded</c>: nothing was taken.</exception>
    public IDisposable Take(OperatorId peer, int lengthBytes)
    {
        lock (_lock)
        {
            var (its, all) = (_byPeer.GetValueOrDefault(peer) + lengthBytes, _taken + lengthBytes);
            if (its > PerPeerBytes || its > Bytes - all)
                throw new RequestProblemException(StatusCodes.Status429TooManyRequests, ProblemTypes.Overloaded, "Too much of yours is coming in at once, beside what others send; come again in a moment.");
            (_byPeer[peer], _taken) = (its, all);
        }

        return new Place(this, peer, lengthBytes);
    }

    private void GiveBack(OperatorId peer, int lengthBytes)
    {
        lock (_lock)
        {
            _taken -= lengthBytes;
            if ((_byPeer[peer] -= lengthBytes) == 0)
                _byPeer.Remove(peer);
        }
    }

    private sealed class Place(UploadRoom room, OperatorId peer, int lengthBytes) : IDisposable
    {
        public void Dispose() => room.GiveBack(peer, lengthBytes);
    }
}
