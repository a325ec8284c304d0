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

constexpr size_t kHeap = 2560 * 1024; ///< of the board of 20 environments in tests/bench/firstpaint

void prefault(const void *begin, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto from = (reinterpret_cast<uintptr_t>(begin) + page - 1) / page * page;
    const auto end = (reinterpret_cast<uintptr_t>(begin) + size) / page * page;
    if (from < end)
        (void)madvise(reinterpret_cast<void *>(from), end - from, MADV_POPULATE_WRITE);
#else
    Q_UNUSED(begin);
    Q_UNUSED(size);
#endif
}

} // namespace

void prefaultHeap()
{
    // Once a mapped block of that size was freed, glibc takes smaller ones from the heap and keeps twice as much free
    // at its end (mallopt(3), M_MMAP_THRESHOLD).
    void *volatile room = std::malloc(kHeap);
    std::free(room);
    constexpr size_t kLess = 4096;
    room = std::malloc(kHeap - kLess);
    prefault(room, kHeap - kLess);
    std::free(room);
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
    prefault(image->constBits(), size_t(image->sizeInBytes()));
}

} // namespace Slipway
