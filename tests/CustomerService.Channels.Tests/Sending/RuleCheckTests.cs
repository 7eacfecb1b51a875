using System.Collections.Immutable;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Tests.Sending;

public sealed class RuleCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void WithoutRules_EverythingMayGoOut() => Assert.Equal(new RuleCheck.Allowed(OutsideWindow: false), Check(ChannelRules.None));

    [Fact]
    public void AfterTheWindow_OnlyATemplateGoesOut()
    {
        var rules = new ChannelRules { ReplyWindow = TimeSpan.FromHours(24) };

        Assert.Equal(new RuleCheck.Allowed(false), Check(rules, sinceInbound: TimeSpan.FromHours(24)));
        Assert.Equal(
            "the customer last wrote 27 hours ago, and this channel allows answers for 24 hours; give the account a template, or reach them otherwise",
            Reason(Check(rules, sinceInbound: TimeSpan.FromHours(27))));
        Assert.Equal(new RuleCheck.Allowed(true), Check(rules with { HasTemplate = true }, sinceInbound: TimeSpan.FromHours(27)));
    }

    [Fact]
    public void PeopleMayHaveLonger_AndAssistantsAreToldSo()
    {
        var rules = new ChannelRules { ReplyWindow = TimeSpan.FromHours(24), AgentReplyWindow = TimeSpan.FromDays(7) };

        Assert.Equal(new RuleCheck.Allowed(true), Check(rules, sinceInbound: TimeSpan.FromDays(7), author: Author.Agent));
        Assert.Equal(new RuleCheck.Allowed(false), Check(rules, sinceInbound: TimeSpan.FromHours(2), author: Author.Agent));
        Assert.EndsWith("answers for 24 hours, and those of people for 7 days; a person has to write it", Reason(Check(rules, sinceInbound: TimeSpan.FromDays(3))), StringComparison.Ordinal);
        Assert.EndsWith("reach them otherwise", Reason(Check(rules, sinceInbound: TimeSpan.FromDays(8), author: Author.Agent)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsTooLarge_SaysWhatTheChannelTakes()
    {
        Assert.Equal("the message has 11 characters, and this channel takes 10; shorten it, or send it in several messages", Reason(Check(new ChannelRules { MaxCharacters = 10 })));
        Assert.Equal("the message has 1 files, and this channel takes 0; send a link to them", Reason(Check(new ChannelRules { MaxAttachments = 0 }, file: "image/png")));
        Assert.Equal("the file a.png has 2,000 bytes, and this channel takes 1,000; send a smaller one, or a link", Reason(Check(new ChannelRules { MaxAttachmentBytes = 1_000 }, file: "image/png")));
        Assert.Equal("the file a.png is image/png, and this channel takes audio/*, image/jpeg; send it as one of these, or a link", Reason(Check(new ChannelRules { MediaTypes = ["audio/*", "image/jpeg"] }, file: "image/png")));
        Assert.IsType<RuleCheck.Allowed>(Check(new ChannelRules { MediaTypes = ["image/*"] }, file: "image/png"));
    }

    [Fact]
    public void DuringQuietHours_ItWaits_UnlessTheCustomerIsThere()
    {
        var rules = new ChannelRules { QuietHours = new QuietHours(new TimeOnly(11, 0), new TimeOnly(14, 0), Paris) };

        var waits = Assert.IsType<RuleCheck.NotBefore>(Check(rules, sinceInbound: TimeSpan.FromHours(2)));
        Assert.Equal((Now.AddHours(1), "quiet hours until 14:00"), (waits.At, waits.Reason));
        Assert.IsType<RuleCheck.Allowed>(Check(rules, sinceInbound: TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("2026-11-03T20:30:00Z", "2026-11-04T07:00:00Z")] // 21:30 in Paris
    [InlineData("2026-11-04T02:00:00Z", "2026-11-04T07:00:00Z")] // 03:00 in Paris
    [InlineData("2026-11-03T12:00:00Z", null)]
    [InlineData("2026-11-04T07:00:00Z", null)] // over at the very minute
    public void QuietHours_GoOverMidnight(string now, string? end)
    {
        var quiet = new QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 0), Paris);

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, null), quiet.EndAt(DateTimeOffset.Parse(now, null)));
    }

    [Fact]
    public void QuietHours_ThatEndInTheHourThatSummerTimeSkips_EndWhenItHasLeapt()
    {
        var quiet = new QuietHours(new TimeOnly(21, 0), new TimeOnly(2, 30), Paris);

        Assert.Equal(DateTimeOffset.Parse("2026-03-29T01:00:00Z", null), quiet.EndAt(DateTimeOffset.Parse("2026-03-28T23:00:00Z", null)));
    }

    private static string Reason(RuleCheck check) => Assert.IsType<RuleCheck.Forbidden>(check).Reason;

    private static RuleCheck Check(ChannelRules rules, TimeSpan sinceInbound = default, string? file = null, Author author = Author.Assistant)
    {
        var message = new Outbound(2, "m-2", author, "Hello there", null)
        {
            Attachments = file is null ? [] : [new Attachment("a.png", file, 2_000, "")],
        };
        var inbound = new Inbound("in-1", ChannelNames.Social, "page", "psid", Now - sinceInbound, ImmutableDictionary<string, string>.Empty);
        return RuleCheck.Of(rules, new AttemptPermit(inbound, message, false, 0, 0, Now, OptedOut: false), Now);
    }
}
