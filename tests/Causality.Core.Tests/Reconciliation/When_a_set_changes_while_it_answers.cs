using FsCheck;
using Causality.Core.Reconciliation;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Reconciliation;

public sealed class When_a_set_changes_while_it_answers
{
    [Fact]
    public void Should_answer_as_a_set_that_is_sorted_and_added_up_anew() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Gen.Elements(1, 5, 1_000_000).ToArbitrary(), (seed, timestamps) =>
        {
            var random = new Random(seed);
            var (set, slots) = (new ChangingItemSet(), new List<(ReconciliationItem Item, int Slot, long Tag)>());
            for (var step = 0; step < 2_000; step++)
            {
                if (slots.Count > 0 && random.Next(3) == 0)
                {
                    var index = random.Next(slots.Count);
                    set.Remove(slots[index].Slot);
                    slots.RemoveAt(index);
                }
                else
                {
                    var item = Sets.Random(random, timestamps);
                    slots.Add((item, set.Add(item, step), step));
                }

                if (step % 250 == 0)
                    Compare(set, slots, random);
            }

            Compare(set, slots, random);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void Should_take_items_in_order_and_give_all_of_them_back()
    {
        var set = new ChangingItemSet();
        var slots = Sets.Numbered(5_000, 1, 0, 0).Select(item => set.Add(item, 0)).ToList();

        set.Range(0, set.Count).ShouldBe(Sets.Numbered(5_000, 1, 0, 0));
        slots.ForEach(set.Remove);

        (set.Count, set.Fingerprint(0, 0), set.LowerBound(ReconciliationBound.End)).ShouldBe((0, LogFingerprint.Empty, 0));
    }

    [Fact]
    public void Should_refuse_an_item_that_it_holds()
    {
        var set = new ChangingItemSet();
        set.Add(Sets.Numbered(1, 1), 0);

        Should.Throw<InvalidOperationException>(() => set.Add(Sets.Numbered(1, 1), 0));
    }

    private static void Compare(ChangingItemSet set, List<(ReconciliationItem Item, int Slot, long Tag)> expected, Random random)
    {
        var sorted = SortedItemSet.Of(expected.Select(row => row.Item));
        set.Count.ShouldBe(sorted.Count);
        set.Range(0, set.Count).ShouldBe(sorted.Range(0, sorted.Count));
        expected.ShouldAllBe(row => set[row.Slot].Item == row.Item && set[row.Slot].Tag == row.Tag);
        for (var query = 0; query < 20; query++)
        {
            var bound = query == 0 ? ReconciliationBound.End : ReconciliationBound.At(random.Next(2) == 0 && sorted.Count > 0 ? sorted.Items[random.Next(sorted.Count)] : Sets.Random(random, 1_000_000));
            var index = set.LowerBound(bound);
            index.ShouldBe(sorted.LowerBound(bound));
            var lower = random.Next(index + 1);
            set.Fingerprint(lower, index).ShouldBe(sorted.Fingerprint(lower, index));
            set.Range(lower, index).ShouldBe(sorted.Range(lower, index));
        }
    }
}
