using FsCheck;
using Causality.Core.Reconciliation;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Reconciliation;

public sealed class When_a_negentropy_message_is_hostile
{
    private static readonly SortedItemSet Set = SortedItemSet.Of(Sets.Numbered(500, 2, 0, 0));

    [Theory]
    [InlineData("", "version")]
    [InlineData("50", "version: 0x50")]
    [InlineData("61ff", "bound.timestamp at byte 2")]
    [InlineData("61ffffffffffffffffffff7f", "more than 64 bits")]
    [InlineData("6102ffffffffffffffffff7f", "bound.id_length")]
    [InlineData("610221", "bound.id_length at byte 3: 33 is over the limit of 32")]
    [InlineData("6102200000", "bound.id_prefix")]
    [InlineData("61020003", "mode at byte 4: 3 is none of")]
    [InlineData("6102000100", "fingerprint at byte 4: it needs 16 bytes and 1 are left")]
    [InlineData("610200020100", "id_list at byte 5: 1 elements")]
    [InlineData("61020002ffffffff0f", "id_list")]
    [InlineData("6103010100010000", "bound at byte 7: it stands before")]
    [InlineData("61030000ffffffffffffffffff7f0000", "more than 64 bits")]
    public void Should_name_the_fault_and_its_place(string hex, string fault)
    {
        Should.Throw<ProtocolViolationException>(() => NegentropyServer.Answer(Set, Convert.FromHexString(hex), 0)).Message.ShouldContain(fault);
    }

    [Fact]
    public void Should_answer_another_version_with_ours_and_leave_it_to_the_client()
    {
        NegentropyServer.Answer(Set, [0x62, 1, 2, 3], 0).ShouldBe([NegentropyLimits.Version]);
        Should.Throw<ProtocolViolationException>(() => new NegentropyClient(Set, 0, 10).Read([0x62])).Message.ShouldContain("version 2");
    }

    [Fact]
    public void Should_refuse_an_id_that_stands_twice_and_more_ids_than_bargained_for()
    {
        var id = new string('a', 64);
        Should.Throw<ProtocolViolationException>(() => new NegentropyClient(Set, 0, 10).Read(Convert.FromHexString("61000002" + "02" + id + id))).Message.ShouldContain("twice");

        var many = string.Concat(Enumerable.Range(10, 11).Select(number => number + new string('0', 62)));
        Should.Throw<ProtocolViolationException>(() => new NegentropyClient(Set, 0, 10).Read(Convert.FromHexString("61000002" + "0b" + many))).Message.ShouldContain("more than 10 ids");
    }

    [Fact]
    public void Should_give_up_on_a_peer_that_never_comes_to_an_end()
    {
        var client = new NegentropyClient(Set, 0, 10);
        client.Begin();
        var endless = Convert.FromHexString("61000001" + new string('0', 32));

        Should.Throw<ProtocolViolationException>(() =>
        {
            while (client.Read(endless) is not null)
            {
            }
        }).Message.ShouldContain("not ended");
    }

    [Fact]
    public void Should_survive_any_damage_in_both_roles()
    {
        var begin = new NegentropyClient(Set, 0, 10).Begin();
        var other = SortedItemSet.Of(Sets.Numbered(600, 2, 5, 1));
        byte[][] messages = [begin, NegentropyServer.Answer(other, begin, 0)];
        Prop.ForAll(Gen.Elements(messages).ToArbitrary(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (message, seed) =>
        {
            var random = new Random(seed);
            var damaged = message[..random.Next(1, message.Length + 1)];
            for (var hits = random.Next(4); hits > 0; hits--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Survive(() => NegentropyServer.Answer(Set, damaged, NegentropyLimits.MinFrameBytes));
            Survive(() => new NegentropyClient(Set, 0, 10_000).Read(damaged));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(-1)]
    public void Should_refuse_frames_in_which_nothing_gets_on(int frame) =>
        Should.Throw<ArgumentOutOfRangeException>(() => NegentropyServer.Answer(Set, [NegentropyLimits.Version], frame));

    private static void Survive(Action action)
    {
        try
        {
            action();
        }
        catch (ProtocolViolationException)
        {
            // The one way out.
        }
    }
}
