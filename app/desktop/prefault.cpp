// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/prefault.h"

#include <QBackingStore>
#include <QImage>
#include <QWidget>

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace Slipway {

namespace {

constexpr size_t kLargePage = 2048 * 1024;
constexpr size_t kHeap = 2 * kLargePage;
constexpr size_t kHeapUsed = 2560 * 1024; ///< by the board of 20 environments in tests/bench/firstpaint
constexpr size_t kLead = 64 * 1024; ///< before the large pages: what glibc writes at the beginning of a block is here

/// To the next multiple of `unit` bytes.
size_t upTo(const char *place, size_t unit)
{
    const size_t over = reinterpret_cast<uintptr_t>(place) % unit;
    return over == 0 ? 0 : unit - over;
}

void prefault(char *begin, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const size_t lead = upTo(begin, page);
    if (size > lead)
        (void)madvise(begin + lead, (size - lead) / page * page, MADV_POPULATE_WRITE);
#else
    Q_UNUSED(begin);
    Q_UNUSED(size);
#endif
}

} // namespace

void prefaultHeap()
{
#ifdef MADV_HUGEPAGE
    // glibc copes with a break that somebody else has moved (malloc/malloc.c, sysmalloc: "someone else killed our sbrk
    // space"); what lies between is never touched.
    auto *end = static_cast<char *>(sbrk(0));
    const size_t skipped = upTo(end + kLead, kLargePage);
    char *large = end + skipped + kLead;
    (void)sbrk(intptr_t(skipped)); // refused: the block below lies elsewhere, and is left alone
    // Once a mapped block of that size was freed, glibc takes smaller ones from the heap and keeps twice as much free
    // at its end (mallopt(3), M_MMAP_THRESHOLD).
    constexpr size_t kRoom = kLead + kHeap;
    void *volatile room = std::malloc(kRoom + kLead);
    std::free(room);
    room = std::malloc(kRoom);
    const auto *begin = static_cast<const char *>(room);
    if (begin <= large && large + kHeap <= begin + kRoom) {
        (void)madvise(large, kHeap, MADV_HUGEPAGE);
        for (size_t page = 0; page < kHeap; page += kLargePage)
            *static_cast<volatile char *>(large + page) = 0;
        // Not again, when most of them has gone back to the system.
        (void)madvise(large, kHeap, MADV_NOHUGEPAGE);
        prefault(large, kHeapUsed); // where there are no large pages
    }
    std::free(room);
#endif
}

void prefaultPicture(const QWidget &window)
{
    QBackingStore *store = window.backingStore();
    if (!store)
        return;
    store->resize(window.size()); // as the first paint would
    const QPaintDevice *device = store->paintDevice();
    if (device->devType() != QInternal::Image)
        return;
    const auto *image = static_cast<const QImage *>(device);
    // Fetched, not changed: the bits are Qt's.
    prefault(reinterpret_cast<char *>(const_cast<uchar *>(image->constBits())), size_t(image->sizeInBytes()));
}

} // namespace Slipway
