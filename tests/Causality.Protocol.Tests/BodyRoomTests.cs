using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Protocol.Tests;

public sealed class BodyRoomTests
{
    private const int OfOne = SegmentLimits.MaxBytes;
    private const int OfAll = 3 * SegmentLimits.MaxBytes;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(16 * 1024, 31)]
    [InlineData(10 * 1024 * 1024, 670)]
    public void Large_segments_have_more_time_than_small_ones(int lengthBytes, int seconds) =>
        new PeerLimitOptions().UploadTimeFor(lengthBytes).TotalSeconds.ShouldBe(seconds, 0.1);

    [Fact]
    public void Nobody_has_more_than_its_part_and_never_more_than_it_leaves() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var (random, room, taken) = (new Random(seed), new BodyRoom<OperatorId>(OfOne, OfAll), new List<(OperatorId Peer, int Bytes, IDisposable Place)>());
            for (var step = 0; step < 500; step++)
            {
                if (taken.Count > 0 && random.Next(3) == 0)
                {
                    var index = random.Next(taken.Count);
                    taken[index].Place.Dispose();
                    taken.RemoveAt(index);
                    continue;
                }

                var (peer, bytes) = (new OperatorId($"peer-{random.Next(5)}"), 1 + random.Next(SegmentLimits.MaxBytes));
                var (its, all) = (taken.Where(row => row.Peer == peer).Sum(row => row.Bytes) + bytes, taken.Sum(row => row.Bytes) + bytes);
                if (its <= OfOne && its <= OfAll - all)
                {
                    var place = room.Enter(peer);
                    place.Take(bytes / 2);
                    place.Take(bytes - (bytes / 2));
                    taken.Add((peer, bytes, place));
                }
                else
                {
                    using var none = room.Enter(peer);
                    Should.Throw<RequestProblemException>(() => none.Take(bytes)).Type.ShouldBe(ProblemTypes.Overloaded);
                }
            }

            taken.ForEach(row => row.Place.Dispose());
            foreach (var peer in new[] { "peer-0", "peer-1" })
                room.Enter(new OperatorId(peer)).Take(OfOne); // Whatever one holds, another may send the largest.
        }).Check(Config.QuickThrowOnFailure);
}
