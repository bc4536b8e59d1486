using Causality.Core.Reconciliation;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Reconciliation;

public sealed class When_symbols_are_decoded
{
    [Fact]
    public void Should_find_exactly_the_difference_of_random_sets_page_by_page() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Gen.Elements(0, 1, 10, 300).ToArbitrary(), Gen.Elements(0, 1, 40).ToArbitrary(), (seed, ours, theirs) =>
        {
            var random = new Random(seed);
            var shared = Ids(random, random.Next(3_000));
            var (onlyOurs, onlyTheirs) = (Ids(random, ours), Ids(random, theirs));

            var decoder = Decode([.. shared, .. onlyOurs], [.. shared, .. onlyTheirs], page: 16);

            decoder.Ours.ShouldBe(onlyOurs, ignoreOrder: true);
            decoder.Theirs.ShouldBe(onlyTheirs, ignoreOrder: true);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Should_need_no_more_than_one_and_a_half_symbols_for_each_of_many_differences()
    {
        var random = new Random(1);
        var shared = Ids(random, 20_000);
        ulong[] theirs = [.. shared, .. Ids(random, 2_000)];

        Decode(shared, theirs, page: 50).Count.ShouldBeLessThan(3_000);
    }

    [Fact]
    public void Should_estimate_how_many_differences_there_are_from_a_few_symbols()
    {
        var random = new Random(2);
        var shared = Ids(random, 5_000);
        ulong[] ours = [.. shared, .. Ids(random, 500)], theirs = [.. shared, .. Ids(random, 500)];
        var decoder = new SymbolDecoder();

        decoder.Add(SymbolEncoder.Encode(ours, 0, 256), SymbolEncoder.Encode(theirs, 0, 256));

        decoder.IsDecoded.ShouldBeFalse();
        decoder.Estimate().ShouldBeInRange(600, 1_400);
    }

    [Fact]
    public void Should_read_what_was_written_and_refuse_counts_that_no_set_has()
    {
        var ids = Ids(new Random(3), 1_000);
        var symbols = SymbolEncoder.Encode(ids, 100, 50);
        var output = new WireWriter();
        SymbolCodec.Write(output, symbols, 100, ids.Length);

        var input = new WireReader(output.ToArray());
        SymbolCodec.Read(ref input, 50, 100, ids.Length).ShouldBe(symbols);
        input.IsAtEnd.ShouldBeTrue();
        Should.Throw<ProtocolViolationException>(() =>
        {
            var foreign = new WireReader(output.ToArray());
            SymbolCodec.Read(ref foreign, 50, 100, 3);
        }).Message.ShouldContain("symbol.count");
    }

    [Fact]
    public void Should_not_take_nonsense_for_a_difference()
    {
        var random = new Random(4);
        var decoder = new SymbolDecoder();
        var nonsense = Enumerable.Range(0, 500).Select(_ => new CodedSymbol((ulong)random.NextInt64(), (uint)random.Next(), random.Next(-1, 2))).ToArray();

        decoder.Add(new CodedSymbol[500], nonsense);

        decoder.IsDecoded.ShouldBeFalse();
    }

    [Fact]
    public void Should_refuse_symbols_that_give_an_item_twice()
    {
        var ids = Ids(new Random(5), 1);
        var symbols = SymbolEncoder.Encode(ids, 0, 8);
        var alone = Array.FindIndex(symbols, 1, symbol => symbol.IsEmpty);
        symbols[alone] = symbols[0];

        Should.Throw<ProtocolViolationException>(() => new SymbolDecoder().Add(new CodedSymbol[8], symbols)).Message.ShouldContain("found before");
    }

    private static SymbolDecoder Decode(ulong[] ours, ulong[] theirs, int page)
    {
        var decoder = new SymbolDecoder();
        while (!decoder.IsDecoded && decoder.Count < 10_000)
            decoder.Add(SymbolEncoder.Encode(ours, decoder.Count, page), SymbolEncoder.Encode(theirs, decoder.Count, page));
        decoder.IsDecoded.ShouldBeTrue();
        return decoder;
    }

    private static ulong[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
}
