using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff.Tests;

public sealed class AuditLogTests
{
    [Fact]
    public async Task WhatIsWanted_IsFoundBackwards_PageByPage_WithoutGapOrRepetition()
    {
        await using var company = new Company();
        var sam = await company.HireAsync("sam", "green tea before noon", Role.Supervisor);
        for (var n = 0; n < 30; n++)
        {
            await company.Door.DoAsync(sam, Grain.Queue("delivery"), new PauseQueue("sam", $"{n}"));
            await company.Door.DoAsync(Company.Boss, Grain.Queue("delivery"), new ResumeQueue("system:test"));
            company.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var found = new List<ActNoted>();
        AuditFinds page;
        long? next = null;
        do
        {
            page = await company.Get<AuditLog>().FindBackAsync(new AuditFilter("sam", "queue."), next, limit: 7, most: 10);
            found.AddRange(page.Acts);
        }
        while ((next = page.Next) is not null);

        Assert.Equal(company.Acts.Where(act => act is { Who: "sam", Act: "queue.pause" }).Select(act => act.Number).Reverse(), found.Select(act => act.Number));
        Assert.Equal(30, found.Count);
    }

    [Fact]
    public async Task TimeThatIsAskedFor_EndsTheSearch()
    {
        await using var company = new Company();
        await company.HireAsync("sam", "green tea before noon", Role.Supervisor);
        company.Time.Advance(TimeSpan.FromDays(1));
        await company.Accounts.DisableAsync(Company.Boss, "sam");

        var found = await company.Get<AuditLog>().FindBackAsync(new AuditFilter(From: company.Time.GetUtcNow()), null, limit: 100, most: 100);

        Assert.Equal("staff.disable_person", Assert.Single(found.Acts).Act);
        Assert.Null(found.Next);
    }
}
