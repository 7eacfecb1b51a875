using System.Collections.Immutable;
using CustomerService.AgentConsole.Conversations;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Tests.Conversations;

public sealed class ScrollWindowTests
{
    private readonly ListedRows _list = new(100);
    private readonly ScrollWindow _window;

    public ScrollWindowTests() => _window = new ScrollWindow(_list, () => ConversationFilter.All, ConversationOrder.NewestMessage);

    [Fact]
    public async Task At_the_beginning_what_is_new_comes_on_top()
    {
        await _window.ReadAsync(0, 5);
        _list.Write("c-050");

        Assert.Equal(100, await _window.ReadAsync(0, 5));
        Assert.Equal(["c-050", "c-099", "c-098", "c-097", "c-096"], Ids());
    }

    [Fact]
    public async Task Away_from_there_rows_stand_still_and_their_neighbours_are_those_that_were()
    {
        await _window.ReadAsync(40, 10);
        var seen = Ids();
        foreach (var other in new[] { "c-003", "c-002", "c-001" })
            _list.Write(other);

        await _window.ReadAsync(40, 10);
        Assert.Equal(seen, Ids());
        await _window.ReadAsync(43, 10);
        Assert.Equal([.. seen.Skip(3), "c-049", "c-048", "c-047"], Ids());
        await _window.ReadAsync(38, 10);
        Assert.Equal(["c-061", "c-060", .. seen.Take(8)], Ids());
    }

    [Fact]
    public async Task One_that_moves_on_while_it_is_in_sight_is_not_shown_twice()
    {
        await _window.ReadAsync(1, 5);
        _list.Write("c-096");
        _list.Write("c-097");

        await _window.ReadAsync(2, 8);
        Assert.Equal(Ids().Distinct(), Ids());
        Assert.Equal(8, Ids().Length);
    }

    [Fact]
    public async Task Far_away_is_read_by_its_place()
    {
        await _window.ReadAsync(10, 5);

        Assert.Equal(100, await _window.ReadAsync(95, 5));
        Assert.Equal(["c-004", "c-003", "c-002", "c-001", "c-000"], Ids());
    }

    [Fact]
    public async Task An_end_that_has_come_nearer_is_the_end()
    {
        await _window.ReadAsync(85, 10);
        _list.Remove("c-000", "c-001", "c-002");

        Assert.Equal(97, await _window.ReadAsync(93, 10));
        Assert.Equal(["c-006", "c-005", "c-004", "c-003"], Ids());
    }

    [Fact]
    public async Task Anew_is_read_by_place_wherever_it_is()
    {
        await _window.ReadAsync(10, 3);
        _list.Write("c-000");

        await _window.ReadAsync(10, 3, anew: true);
        Assert.Equal(["c-090", "c-089", "c-088"], Ids());
    }

    [Fact]
    public async Task Who_is_in_sight_has_a_place()
    {
        await _window.ReadAsync(10, 3);

        Assert.Equal((10, 12, null), (_window.PlaceOf("c-089"), _window.PlaceOf("c-087"), _window.PlaceOf("c-086")));
    }

    private string[] Ids() => [.. _window.Rows.Select(row => row.Id)];
}
