using FsCheck;
using Causality.Core.Reconciliation;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Reconciliation;

public sealed class When_sets_are_reconciled
{
    [Fact]
    public void Should_find_exactly_what_each_side_lacks_whatever_the_frames() =>
        Prop.ForAll(Sets.Pair.ToArbitrary(), Gen.Elements(0, NegentropyLimits.MinFrameBytes, 10_000).ToArbitrary(), (pair, frame) =>
        {
            var (client, _) = Run(SortedItemSet.Of(pair.Ours), SortedItemSet.Of(pair.Theirs), frame, frame);
            client.Have.ShouldBe(pair.Ours.Except(pair.Theirs).Select(item => item.Id), ignoreOrder: true);
            client.Need.ShouldBe(pair.Theirs.Except(pair.Ours).Select(item => item.Id), ignoreOrder: true);
            client.Pending.ShouldBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Should_keep_every_message_within_its_frame()
    {
        var ours = SortedItemSet.Of(Sets.Numbered(20_000, 1, 7, 1));
        var theirs = SortedItemSet.Of(Sets.Numbered(20_000, 1, 3, 1));

        var (client, longest) = Run(ours, theirs, NegentropyLimits.MinFrameBytes, 2 * NegentropyLimits.MinFrameBytes);

        longest.Client.ShouldBeLessThanOrEqualTo(NegentropyLimits.MinFrameBytes);
        longest.Server.ShouldBeLessThanOrEqualTo(2 * NegentropyLimits.MinFrameBytes);
        client.Need.Count.ShouldBe(theirs.Range(0, theirs.Count).Except(ours.Range(0, ours.Count)).Count());
    }

    [Fact]
    public void Should_not_take_a_range_that_was_put_off_for_equal_because_what_follows_it_is()
    {
        // Broke in the reference: a range that does not fit the frame is left out, and the rest is answered with its fingerprint, under the bounds of both.
        // Where we lack all of the first and hold all of the second, that fingerprint matches.
        var theirs = Sets.Numbered(400, 1, 0, 0).ToArray();
        var missing = theirs[..360];
        foreach (var kept in new[] { 1, 15, 31, 40 })
        {
            var ours = theirs[(400 - kept)..];
            var (client, _) = Run(SortedItemSet.Of(ours), SortedItemSet.Of(theirs), 0, NegentropyLimits.MinFrameBytes);
            client.Need.Count.ShouldBe(400 - kept);
            client.Need.ShouldContain(missing[0].Id);
        }
    }

    [Fact]
    public void Should_end_at_once_when_the_sets_are_equal()
    {
        var set = SortedItemSet.Of(Sets.Numbered(1_000, 3, 0, 0));

        var (client, _) = Run(set, set, 0, 0);

        (client.Rounds, client.Have.Count, client.Need.Count).ShouldBe((2, 0, 0));
    }

    [Fact]
    public void Should_know_after_one_answer_which_ranges_differ()
    {
        var theirs = Sets.Numbered(50_000, 1, 0, 0).ToArray();
        var client = new NegentropyClient(SortedItemSet.Of(theirs[..49_990]), 0, int.MaxValue);

        client.Read(NegentropyServer.Answer(SortedItemSet.Of(theirs), client.Begin(), 0)).ShouldNotBeNull();

        var range = client.Pending.ShouldHaveSingleItem();
        range.Upper.IsEnd.ShouldBeTrue();
        range.Lower.IsAfter(theirs[49_500]).ShouldBeTrue();
        client.Compared.ShouldBe(16);
    }

    private static (NegentropyClient Client, (int Client, int Server) Longest) Run(IReconciliationSet ours, IReconciliationSet theirs, int clientFrame, int serverFrame)
    {
        var client = new NegentropyClient(ours, clientFrame, int.MaxValue);
        var longest = (Client: 0, Server: 0);
        for (var message = client.Begin(); message is not null;)
        {
            var answer = NegentropyServer.Answer(theirs, message, serverFrame);
            longest = (Math.Max(longest.Client, message.Length), Math.Max(longest.Server, answer.Length));
            message = client.Read(answer);
        }

        return (client, longest);
    }
}
