using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Limits;

/// <summary>Memory for bodies that are coming in, until what they bring is stored.</summary>
/// <typeparam name="TSender">What tells one who sends from another.</typeparam>
/// <param name="bytesOfOne">What one of them may hold.</param>
/// <param name="bytesOfAll">What all of them may hold together.</param>
/// <remarks>
/// One sender never holds more than it leaves free for the others. So whoever holds its bodies open stands in its own way only, and a newcomer finds room whatever one, two or three
/// others do. (The rule is the dynamic threshold by which switches share their buffers: Choudhury and Hahne, 1998.)
/// </remarks>
public sealed class BodyRoom<TSender>(int bytesOfOne, int bytesOfAll)
    where TSender : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TSender, int> _bySender = [];
    private int _taken;

    /// <summary>A place for one body, with nothing in it yet; give it back by disposing of it.</summary>
    public Place Enter(TSender sender) => new(this, sender);

    private void Take(TSender sender, int lengthBytes)
    {
        lock (_lock)
        {
            var (its, all) = (_bySender.GetValueOrDefault(sender) + (long)lengthBytes, _taken + (long)lengthBytes);
            if (its > bytesOfOne || its > bytesOfAll - all)
                throw new RequestProblemException(StatusCodes.Status429TooManyRequests, ProblemTypes.Overloaded, "Too much of yours is coming in at once, beside what others send; come again in a moment.");
            (_bySender[sender], _taken) = ((int)its, (int)all);
        }
    }

    private void GiveBack(TSender sender, int lengthBytes)
    {
        lock (_lock)
        {
            _taken -= lengthBytes;
            if ((_bySender[sender] -= lengthBytes) == 0)
                _bySender.Remove(sender);
        }
    }

    /// <summary>The room that one body takes.</summary>
    public sealed class Place : IDisposable
    {
        private readonly BodyRoom<TSender> _room;
        private readonly TSender _sender;
        private int _lengthBytes;

        internal Place(BodyRoom<TSender> room, TSender sender) => (_room, _sender) = (room, sender);

        /// <summary>Takes room, or more of it.</summary>
        /// <exception cref="RequestProblemException">429 <c>overloaded</c>: nothing was taken.</exception>
        public void Take(int lengthBytes)
        {
            _room.Take(_sender, lengthBytes);
            _lengthBytes += lengthBytes;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_lengthBytes > 0)
                _room.GiveBack(_sender, _lengthBytes);
            _lengthBytes = 0;
        }
    }
}
