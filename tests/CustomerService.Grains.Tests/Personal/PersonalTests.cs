using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Personal;

public sealed class PersonalTests
{
    private readonly Subject<PersonalBehaviour, PersonalState> _ann = new("ann");

    [Fact]
    public void Draft_IsOneEntry_AndNoEvent()
    {
        var turn = _ann.Handle(new KeepDraft("c-1", "Dear Eve, ", IsNote: false));

        Assert.Equal("draft/c-1", Assert.IsType<PutEntry>(Assert.Single(turn.Effects)).Key);
        Assert.Equal(new KeptDraft("c-1", "Dear Eve, ", IsNote: false, _ann.Now), DraftOf("c-1"));
        Assert.Null(DraftOf("c-2"));
    }

    [Fact]
    public void SameDraftAgain_ChangesNothing()
    {
        _ann.Handle(new KeepDraft("c-1", "Dear Eve", IsNote: false));

        _ann.ChangesNothing(new KeepDraft("c-1", "Dear Eve", IsNote: false));
        Assert.Single(_ann.Handle(new KeepDraft("c-1", "Dear Eve", IsNote: true)).Effects);
    }

    [Fact]
    public void EmptyDraft_IsDropped()
    {
        _ann.Handle(new KeepDraft("c-1", "Dear Eve", IsNote: false));

        Assert.Equal("draft/c-1", Assert.IsType<RemoveEntry>(Assert.Single(_ann.Handle(new KeepDraft("c-1", " \n", IsNote: false)).Effects)).Key);
        Assert.Null(DraftOf("c-1"));
        _ann.ChangesNothing(new KeepDraft("c-1", "", IsNote: false));
    }

    [Fact]
    public void TooLongADraft_IsRefused() => _ann.Refuses("message_too_long", new KeepDraft("c-1", new string('x', Interaction.MaxContentLength + 1), IsNote: false));

    [Fact]
    public void BeyondTheMost_TheOldestDraftGoes()
    {
        for (var i = 0; i <= PersonalState.MostDrafts; i++)
        {
            _ann.Handle(new KeepDraft(string.Create(CultureInfo.InvariantCulture, $"c-{i}"), "x", IsNote: false));
            _ann.Now = _ann.Now.AddSeconds(1);
        }

        Assert.Contains(_ann.Last.Effects, effect => effect is RemoveEntry { Key: "draft/c-0" });
        Assert.Null(DraftOf("c-0"));
        Assert.NotNull(DraftOf("c-1"));
    }

    [Fact]
    public void Notice_CountsOnce_AndIsUnreadUntilSeen()
    {
        var given = _ann.Handle(new GiveNotice(NoticeKinds.Mention, "c-1", "ben", "@ann look") { Id = "t-1" });
        _ann.ChangesNothing(new GiveNotice(NoticeKinds.Mention, "c-1", "ben", "@ann look") { Id = "t-1" });
        _ann.Handle(new GiveNotice(NoticeKinds.Mention, "c-2", "cara", "@ann too") { Id = "t-2" });

        Assert.Equal(1, Assert.Single(given.Effects.Recorded<NoticeGiven>()).Number);
        var notices = _ann.Ask<NoticesView>(new GetNotices());
        Assert.Equal(2, notices.Unread);
        Assert.Equal(["@ann too", "@ann look"], notices.Notices.Select(notice => notice.Text));

        Assert.Equal(1, Assert.Single(_ann.Handle(new MarkNoticesRead([1])).Effects.Recorded<NoticesRead>()).Unread);
        _ann.ChangesNothing(new MarkNoticesRead([1]));
        _ann.Handle(new MarkNoticesRead([]));
        Assert.Equal(0, _ann.Ask<NoticesView>(new GetNotices()).Unread);
    }

    [Fact]
    public void EntriesAndState_BringEverythingBack()
    {
        _ann.Handle(new KeepDraft("c-1", "Dear Eve", IsNote: true));
        _ann.Handle(new GiveNotice(NoticeKinds.Mention, "c-1", "ben", "look") { Id = "t-1" });
        var kind = GrainCatalog.Find(GrainKinds.Personal);
        ImmutableArray<IndexEntry> entries = [
            .. _ann.State.Drafts.Values.Select(PersonalEntries.Of).Concat(_ann.State.Notices.Values.Select(PersonalEntries.Of)).Select(put => new IndexEntry(put.Key, put.Payload))];

        _ann.State = (PersonalState)kind.Restore(kind.Read(kind.Write(_ann.State), kind.StateVersion), entries);

        Assert.Equal("Dear Eve", DraftOf("c-1")!.Text);
        Assert.Equal(1, _ann.Ask<NoticesView>(new GetNotices()).Unread);
        _ann.ChangesNothing(new GiveNotice(NoticeKinds.Mention, "c-1", "ben", "look") { Id = "t-1" });
    }

    private KeptDraft? DraftOf(string conversation) => _ann.Ask<DraftView>(new GetDraft(conversation)).Draft;
}
